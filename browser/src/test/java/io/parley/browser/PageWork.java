package io.parley.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** What the thread of a page has done since this was made, as Chromium counts it. Unlike a clock, it does not count what other programs do. */
final class PageWork {
    private final CDPSession session;
    private final double layoutsBefore;
    private final double secondsBefore;

    PageWork(Page page) {
        session = page.context().newCDPSession(page);
        var options = new JsonObject();
        options.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", options);
        layoutsBefore = metric("LayoutCount");
        secondsBefore = metric("TaskDuration");
    }

    int layouts() {
        return (int) (metric("LayoutCount") - layoutsBefore);
    }

    /** Of the processor. */
    double millis() {
        return (metric("TaskDuration") - secondsBefore) * 1000;
    }

    private double metric(String name) {
        for (var each : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            var metric = each.getAsJsonObject();
            if (metric.get("name").getAsString().equals(name))
                return metric.get("value").getAsDouble();
        }
        throw new IllegalStateException("Chromium has no metric " + name);
    }
}
