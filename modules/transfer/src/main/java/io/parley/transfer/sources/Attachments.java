package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Files that belong to a message. Only what describes them is kept: {@code {name, type?, size?, id?}}. */
public final class Attachments {
    private static final String UNNAMED = "unnamed";
    private static final List<String> HOLDERS = List.of("file", "meta", "image_file", "image_url", "document");

    /** The file that an object of an export describes. */
    public static ObjectNode of(JsonNode file) {
        var attachment = named(name(file));
        copy(attachment, "type", file, "mime_type", "mimeType", "file_type", "content_type", "media_type", "type");
        copy(attachment, "size", file, "size", "file_size", "bytes");
        copy(attachment, "id", file, "id", "file_id", "file_uuid");
        return attachment;
    }

    /** A file of which only the name is known. */
    public static ObjectNode named(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name);
    }

    private static String name(JsonNode file) {
        var holders = Stream.concat(Stream.of(file), HOLDERS.stream().map(file::path))
                .flatMap(holder -> Stream.of(holder, holder.path("meta")))
                .toList();
        return holders.stream()
                .map(holder ->
                        SourceFields.text(holder, "name", "file_name", "filename", "title", "url", "file_id", "path"))
                .filter(Objects::nonNull)
                .map(Attachments::withoutData)
                .findFirst()
                .orElse(UNNAMED);
    }

    // Such a URL has the whole file in it: data:image/png;base64,…
    private static String withoutData(String name) {
        if (!name.startsWith("data:")) return name;
        int end = name.indexOf(';');
        var type = end < 0 ? "" : name.substring("data:".length(), end);
        return type.isEmpty() || type.length() > 100 ? UNNAMED : type.replace('/', '.');
    }

    private static void copy(ObjectNode attachment, String field, JsonNode file, String... names) {
        Stream.of(names)
                .map(file::path)
                .filter(value -> value.isTextual() || value.isIntegralNumber())
                .findFirst()
                .ifPresent(value -> attachment.set(field, value));
    }

    private Attachments() {}
}
