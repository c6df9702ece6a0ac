package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.transfer.sources.MarkdownLink;
import io.parley.transfer.sources.SourceFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the marks of citations by links. A mark is {@code 【11†source】}, or, since 2025, words between the private
 * characters U+E200 and U+E201.
 */
final class ChatGptCitations {
    private static final Pattern MARK = Pattern.compile("\\x{E200}[^\\x{E201}]*\\x{E201}|【[^】]{1,80}†[^】]{0,80}】");
    private static final Pattern ENTITY = Pattern.compile("\\x{E200}entity\\x{E202}\\[\"[^\"]*\",\\s*\"([^\"]*)\".*");

    // Around a text that references are about.
    private static final Pattern BRACKET = Pattern.compile("[\\x{E203}\\x{E204}]");

    private record Reference(String mark, String replacement) {}

    static String linked(String text, JsonNode metadata) {
        return BRACKET.matcher(MARK.matcher(text).find() ? withLinks(text, metadata) : text)
                .replaceAll("");
    }

    private static String withLinks(String text, JsonNode metadata) {
        var linked = text;
        for (var reference : references(text, metadata)) linked = linked.replace(reference.mark, reference.replacement);
        return MARK.matcher(linked).replaceAll(mark -> Matcher.quoteReplacement(withoutReference(mark.group())));
    }

    private static List<Reference> references(String text, JsonNode metadata) {
        var references = new ArrayList<Reference>();
        for (var each : metadata.path("content_references"))
            references.add(reference(each, each.path("matched_text").asText()));
        for (var each : metadata.path("citations"))
            references.add(reference(each.path("metadata"), part(text, each.path("start_ix"), each.path("end_ix"))));
        // Some references match a blank, which stands for the end of the text.
        references.removeIf(reference -> !MARK.matcher(reference.mark).matches());
        return references;
    }

    private static Reference reference(JsonNode reference, String mark) {
        var links = Stream.concat(
                        Stream.of(reference),
                        Stream.concat(
                                SourceFields.stream(reference.path("items")),
                                SourceFields.stream(reference.path("sources"))))
                .map(item -> MarkdownLink.of(SourceFields.text(item, "title", "attribution", "name"), url(item)))
                .distinct()
                .collect(Collectors.joining());
        return new Reference(
                mark, links.isEmpty() ? Objects.requireNonNullElse(SourceFields.text(reference, "name"), "") : links);
    }

    // Counted in code points.
    private static String part(String text, JsonNode start, JsonNode end) {
        int length = text.codePointCount(0, text.length());
        if (!start.canConvertToInt() || !end.canConvertToInt()) return "";
        if (start.intValue() < 0 || end.intValue() < start.intValue() || end.intValue() > length) return "";
        int from = text.offsetByCodePoints(0, start.intValue());
        return text.substring(from, text.offsetByCodePoints(from, end.intValue() - start.intValue()));
    }

    private static @Nullable String url(JsonNode item) {
        return SourceFields.text(item, "url");
    }

    // An entity is a word of the sentence. Any other mark says nothing without what it refers to.
    private static String withoutReference(String mark) {
        var entity = ENTITY.matcher(mark);
        return entity.matches() ? entity.group(1) : "";
    }

    private ChatGptCitations() {}
}
