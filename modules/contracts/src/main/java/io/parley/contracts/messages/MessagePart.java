package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message: a text or a file of the user. The fields of the other kind are null. Name, type and size of a file are
 * those that it had when the message was stored; it may have been deleted since.
 *
 * @param name of the file; null in a message that is to be posted, as are the next two
 * @param size in bytes
 */
public record MessagePart(
        Type type,
        @Nullable String text,
        @Nullable UUID fileId,
        @Nullable String name,
        @Nullable String mediaType,
        @Nullable Long size) {
    /** The most parts of one message. */
    public static final int MAX_PARTS = 20;

    private static final String BETWEEN_TEXTS = "\n";

    public enum Type {
        TEXT,
        FILE
    }

    public static MessagePart text(String text) {
        return new MessagePart(Type.TEXT, text, null, null, null, null);
    }

    public static MessagePart file(UUID id) {
        return new MessagePart(Type.FILE, null, id, null, null, null);
    }

    public static MessagePart file(StoredFile file) {
        return file(file.id(), file.name(), file.mediaType(), file.size());
    }

    public static MessagePart file(UUID id, String name, String mediaType, long size) {
        return new MessagePart(Type.FILE, null, id, name, mediaType, size);
    }

    public boolean namesFile() {
        return type == Type.FILE;
    }

    /** Of a file. */
    public UUID requireFileId() {
        return Objects.requireNonNull(fileId);
    }

    /** The content of a message with these parts: its texts, each on a line of its own; empty without any. */
    public static String contentOf(List<MessagePart> parts) {
        return parts.stream()
                .filter(part -> !part.namesFile())
                .map(MessagePart::text)
                .collect(Collectors.joining(BETWEEN_TEXTS));
    }

    public static boolean haveFile(@Nullable List<MessagePart> parts) {
        return parts != null && parts.stream().anyMatch(MessagePart::namesFile);
    }

    /** The same files with another content, which takes the place of the first text. */
    public static List<MessagePart> withContent(List<MessagePart> parts, String content) {
        if (contentOf(parts).equals(content)) return parts;
        var changed = new ArrayList<>(parts);
        int first = 0;
        while (first < changed.size() && changed.get(first).namesFile()) first++;
        changed.removeIf(part -> !part.namesFile());
        if (!content.isEmpty()) changed.add(first == parts.size() ? 0 : first, text(content));
        return List.copyOf(changed);
    }

    /** Fails invalid, pointing at the field, unless these can be the parts of a message. */
    static void check(List<MessagePart> parts) {
        if (parts.isEmpty() || parts.size() > MAX_PARTS)
            throw Problem.invalid("/parts", "must have 1 to " + MAX_PARTS + " parts");
        for (int at = 0; at < parts.size(); at++) parts.get(at).check("/parts/" + at);
        Limits.checkText("/parts", contentOf(parts), Limits.CONTENT);
    }

    private void check(String pointer) {
        if (namesFile()) {
            if (fileId == null) throw Problem.invalid(pointer + "/file_id", "is required in a part of the type file");
            if (text != null) throw Problem.invalid(pointer + "/text", "is for parts of the type text only");
            return;
        }
        if (text == null || text.isEmpty())
            throw Problem.invalid(pointer + "/text", "must not be empty in a part of the type text");
        if (fileId != null) throw Problem.invalid(pointer + "/file_id", "is for parts of the type file only");
    }
}
