package io.parley.gateway.attachments;

import io.parley.contracts.files.FileNames;
import io.parley.contracts.files.FileTypes;
import io.parley.contracts.files.Signatures;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.crypto.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a client has sent in a message.
 *
 * @param id the same for the same bytes, name and user: programs send a conversation again and again, and its files must not pile up
 * @param mediaType as its first bytes say
 * @param sha256 of the data, 64 hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
public record SentFile(UUID id, String name, String mediaType, byte[] data, String sha256) {
    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/yaml", "application/x-ndjson");

    private static final Map<String, String> NAMES = Map.of(
            "image/png",
            "image.png",
            "image/jpeg",
            "image.jpg",
            "image/gif",
            "image.gif",
            "image/webp",
            "image.webp",
            FileTypes.PDF,
            "file.pdf",
            FileTypes.TEXT,
            "file.txt");

    /**
     * Fails invalid, without a pointer, unless the URL has the data of an image, a PDF file or a text, and says so.
     *
     * @param name null if the client gives none
     */
    public static SentFile of(Caller caller, @Nullable String name, String url) {
        var read = DataUrl.parse(url)
                .orElseThrow(
                        () -> refused("must be a data URL in Base64 (data:image/png;base64,…): no URL is fetched"));
        var data = read.data();
        if (data.length == 0) throw refused("must not be empty");
        var type = Signatures.mediaType(Arrays.copyOf(data, Math.min(data.length, Signatures.LENGTH)), data.length);
        if (!NAMES.containsKey(type)) throw refused("must be PNG, JPEG, GIF, WebP, PDF or text");
        if (!type.equals(claimed(read.mediaType())))
            throw refused("says that it is " + read.mediaType() + ", but its first bytes are those of " + type);
        var clean = FileNames.clean(name == null ? String.valueOf(NAMES.get(type)) : name);
        var sha256 = HexFormat.of().formatHex(Sha256.digest().digest(data));
        return new SentFile(Ids.within(caller.userId(), "file " + sha256 + ' ' + clean), clean, type, data, sha256);
    }

    private static Problem refused(String detail) {
        return Problem.invalid("", detail);
    }

    private static String claimed(String mediaType) {
        if (mediaType.startsWith("text/") || TEXTS.contains(mediaType)) return FileTypes.TEXT;
        return mediaType.equals("image/jpg") ? "image/jpeg" : mediaType;
    }

    public boolean isImage() {
        return FileTypes.IMAGES.contains(mediaType);
    }

    public MessagePart part() {
        return MessagePart.file(id, name, mediaType, data.length);
    }

    /** Without the data. */
    @Override
    public String toString() {
        return "SentFile[id=" + id + ", mediaType=" + mediaType + "]";
    }
}
