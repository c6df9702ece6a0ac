package io.parley.gateway.attachments;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that is in its own URL, in Base64 (RFC 2397).
 *
 * @param mediaType as the URL says, in lower case and without parameters
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
record DataUrl(String mediaType, byte[] data) {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    /** Empty if the text is none. */
    static Optional<DataUrl> parse(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Optional.empty();
        var head = url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(BASE64)) return Optional.empty();
        var type = head.split(";", 2)[0].strip();
        try {
            var data = Base64.getDecoder().decode(url.substring(comma + 1));
            return Optional.of(new DataUrl(type.isEmpty() ? "text/plain" : type, data));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
