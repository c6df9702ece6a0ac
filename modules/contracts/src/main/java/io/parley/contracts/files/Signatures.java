package io.parley.contracts.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.List;

/**
 * Tells the type of a file from its first bytes, by the signatures of the standard MIME Sniffing (WHATWG, 6 and 7), so that no
 * client can have anything served as what it is not. What has no signature here is text or just bytes: above all HTML and SVG
 * are text, which no browser runs.
 */
public final class Signatures {
    /** In bytes; as many as the standard reads (5.1). */
    public static final int LENGTH = 1445;

    /** @param bytes at the offset, in ISO 8859-1 */
    private record Signature(int offset, String bytes, String mediaType, int alsoAt, String also) {
        private Signature(String bytes, String mediaType) {
            this(0, bytes, mediaType, 0, "");
        }

        boolean begins(byte[] file) {
            return has(file, offset, bytes) && has(file, alsoAt, also);
        }

        private static boolean has(byte[] file, int from, String bytes) {
            return file.length >= from + bytes.length()
                    && new String(file, from, bytes.length(), ISO_8859_1).equals(bytes);
        }
    }

    private static final List<Signature> ALL = List.of(
            new Signature("\u0089PNG\r\n\u001a\n", "image/png"),
            new Signature("\u00ff\u00d8\u00ff", "image/jpeg"),
            new Signature("GIF87a", "image/gif"),
            new Signature("GIF89a", "image/gif"),
            new Signature(0, "RIFF", "image/webp", 8, "WEBPVP"),
            new Signature("BM", "image/bmp"),
            new Signature("%PDF-", FileTypes.PDF),
            new Signature("PK\u0003\u0004", "application/zip"),
            new Signature("\u001f\u008b\b", "application/gzip"),
            new Signature("ID3", "audio/mpeg"),
            new Signature("OggS\0", "application/ogg"),
            new Signature(0, "RIFF", "audio/wave", 8, "WAVE"),
            new Signature(4, "ftypmp4", "video/mp4", 0, ""),
            new Signature(4, "ftypisom", "video/mp4", 0, ""),
            new Signature("\u001aE\u00df\u00a3", "video/webm"));

    /**
     * @param beginning the first {@link #LENGTH} bytes, or all if there are fewer
     * @param size of the whole file
     */
    public static String mediaType(byte[] beginning, long size) {
        return ALL.stream()
                .filter(signature -> signature.begins(beginning))
                .findFirst()
                .map(Signature::mediaType)
                .orElseGet(() -> isText(beginning, size > beginning.length) ? FileTypes.TEXT : FileTypes.BYTES);
    }

    // UTF-8 without what the standard calls binary data bytes (3). A character may be cut off at the end.
    private static boolean isText(byte[] beginning, boolean isCut) {
        var decoder = UTF_8.newDecoder();
        var characters = CharBuffer.allocate(beginning.length);
        if (decoder.decode(ByteBuffer.wrap(beginning), characters, !isCut).isError()) return false;
        return characters.flip().chars().noneMatch(Signatures::isBinary);
    }

    private static boolean isBinary(int character) {
        return character < 0x20 && "\t\n\f\r\u001b".indexOf(character) < 0;
    }

    private Signatures() {}
}
