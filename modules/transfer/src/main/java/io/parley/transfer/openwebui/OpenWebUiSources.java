package io.parley.transfer.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.transfer.sources.MarkdownLink;
import io.parley.transfer.sources.SourceFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces the marks {@code [1]}, {@code [2]} by links to the sources of an answer, which are numbered as they first appear. */
final class OpenWebUiSources {
    private static final Pattern MARK = Pattern.compile(" ?\\[(\\d{1,3})](?!\\()");

    static String linked(String text, JsonNode sources) {
        if (!sources.isArray() || sources.isEmpty()) return text;
        var links = List.copyOf(links(sources).values());
        return MARK.matcher(text).replaceAll(mark -> {
            int place = Integer.parseInt(mark.group(1)) - 1;
            boolean isKnown =
                    place >= 0 && place < links.size() && !links.get(place).isEmpty();
            return Matcher.quoteReplacement(isKnown ? links.get(place) : mark.group());
        });
    }

    private static Map<String, String> links(JsonNode sources) {
        Map<String, String> links = new LinkedHashMap<>();
        for (var each : sources) {
            var source = each.path("source");
            if (each.path("metadata").isEmpty()) add(links, source, source);
            for (var document : each.path("metadata")) add(links, source, document);
        }
        return links;
    }

    private static void add(Map<String, String> links, JsonNode source, JsonNode document) {
        var place = SourceFields.text(document, "source", "url");
        var url = isUrl(place) ? place : SourceFields.text(source, "url");
        var title = SourceFields.text(document, "title", "name");
        var key = place == null ? SourceFields.text(source, "id", "name", "url") : place;
        links.putIfAbsent(
                String.valueOf(key),
                MarkdownLink.of(title == null ? SourceFields.text(source, "name") : title, isUrl(url) ? url : null));
    }

    private static boolean isUrl(@Nullable String text) {
        return text != null && (text.startsWith("https://") || text.startsWith("http://"));
    }

    private OpenWebUiSources() {}
}
