package io.parley.transfer.openwebui;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An element {@code <details type="…">} in an answer, or the text between two of them.
 *
 * @param type empty for text
 * @param content unescaped, without the summary and without the marks of quotations
 */
record DetailsElement(String type, String tag, String content) {
    private static final String OPEN = "<details";
    private static final String CLOSE = "</details>";
    private static final String SUMMARY_END = "</summary>";
    private static final Set<String> TYPES = Set.of("reasoning", "tool_calls", "code_interpreter");

    /** Elements of other types are text. */
    static List<DetailsElement> split(String text) {
        List<DetailsElement> parts = new ArrayList<>();
        int done = 0;
        for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, Math.max(at + 1, done))) {
            int tagEnd = text.indexOf('>', at);
            int close = tagEnd < 0 ? -1 : text.indexOf(CLOSE, tagEnd);
            if (close < 0) break;
            var element = new DetailsElement("details", text.substring(at, tagEnd), text.substring(tagEnd + 1, close));
            if (!TYPES.contains(element.attribute("type"))) continue;
            addText(parts, text.substring(done, at));
            parts.add(element.unescaped());
            done = close + CLOSE.length();
        }
        if (parts.isEmpty()) return List.of(new DetailsElement("", "", text));
        addText(parts, text.substring(done));
        return parts;
    }

    private static void addText(List<DetailsElement> parts, String text) {
        if (!text.isBlank()) parts.add(new DetailsElement("", "", text.strip()));
    }

    /** Empty if there is none. */
    String attribute(String name) {
        var value = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? unescape(value.group(1)) : "";
    }

    private DetailsElement unescaped() {
        var start = content.strip().startsWith("<summary") ? content.indexOf(SUMMARY_END) + SUMMARY_END.length() : 0;
        var lines = unescape(content.substring(start)).strip().lines().map(line -> line.replaceFirst("^> ?", ""));
        return new DetailsElement(attribute("type"), tag, lines.collect(Collectors.joining("\n")));
    }

    private static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&#39;", "'")
                .replace("&#039;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }
}
