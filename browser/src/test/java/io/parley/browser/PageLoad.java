package io.parley.browser;

import com.microsoft.playwright.Page;
import java.util.Map;

/**
 * What the browser has loaded for a page, and when the page could be used.
 *
 * @param requests all of the document: the page, its files and what it asked the API for
 * @param bytes as they came over the wire, with headers
 * @param millis from the start of the navigation until now
 */
record PageLoad(int requests, int bytes, int millis) {
    // The stream of changes is never complete, so it is in no entry.
    private static final String ENTRIES = """
        () => {
          const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
          return {
            requests: all.length,
            bytes: all.reduce((sum, each) => sum + each.transferSize, 0),
            millis: Math.round(performance.now()),
          };
        }""";

    /** Of the page that is open, up to now. */
    static PageLoad of(Page page) {
        var read = (Map<?, ?>) page.evaluate(ENTRIES);
        return new PageLoad(number(read, "requests"), number(read, "bytes"), number(read, "millis"));
    }

    private static int number(Map<?, ?> read, String name) {
        return read.get(name) instanceof Number number ? number.intValue() : -1;
    }

    int kilobytes() {
        return (bytes + 999) / 1000;
    }
}
