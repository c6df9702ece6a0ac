package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.files.StoredFile;
import io.parley.json.JsonForm;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file in an import or export line. The parts of a file follow each other, each with at most 256 KiB of its content, so
 * that no line is large.
 *
 * @param size of the whole file, in bytes
 * @param sha256 of the whole file, in hexadecimal
 * @param encrypted whether it is stored encrypted; null leaves it to the choice of the user
 * @param part from 0
 * @param data a part of the content in Base64 (RFC 4648, 4)
 */
public record FileLine(
        String type,
        @Nullable UUID id,
        @Nullable String name,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable Boolean encrypted,
        @Nullable Instant createdAt,
        @Nullable Integer part,
        @Nullable String data) {
    /** The value of {@code type} in the lines of files. */
    public static final String TYPE = "file";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public static FileLine of(StoredFile file, int part, byte[] data) {
        return new FileLine(
                TYPE,
                file.id(),
                file.name(),
                file.size(),
                file.sha256(),
                file.encrypted(),
                file.createdAt(),
                part,
                Base64.getEncoder().encodeToString(data));
    }

    /** Fails invalid, pointing into the line. */
    public static Part of(ObjectNode line) {
        var read = JsonForm.bind(line, FileLine.class);
        return new Part(
                required("/id", read.id),
                required("/name", read.name),
                checked("/size", required("/size", read.size), size -> size >= 0),
                checked("/sha256", required("/sha256", read.sha256), SHA256.asMatchPredicate()),
                read.encrypted,
                read.createdAt,
                required("/part", read.part),
                content(required("/data", read.data)));
    }

    private static <T> T required(String pointer, @Nullable T value) {
        if (value == null) throw Problem.invalid(pointer, "is required");
        return value;
    }

    private static <T> T checked(String pointer, T value, Predicate<T> rule) {
        if (!rule.test(value)) throw Problem.invalid(pointer, "is not that of a file");
        return value;
    }

    private static byte[] content(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw Problem.invalid("/data", "must be Base64");
        }
    }

    /** A line with everything that it must have. */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    public record Part(
            UUID id,
            String name,
            long size,
            String sha256,
            @Nullable Boolean encrypted,
            @Nullable Instant createdAt,
            int number,
            byte[] data) {}
}
