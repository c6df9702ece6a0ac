package io.parley.gateway.routes.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;

/** The header that makes browsers save a file under its name and never show it (RFC 6266, RFC 8187). */
final class ContentDisposition {
    /** Of {@code attr-char} (RFC 8187, 3.2.1), besides letters and digits. */
    private static final String UNESCAPED = "!#$&+-.^_`|~";

    static String attachment(String name) {
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    // For clients that do not know the other form. Accents are left out, other characters replaced.
    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^ -~]|[\"\\\\%]", "_");
    }

    private static String encoded(String name) {
        var encoded = new StringBuilder();
        for (byte each : name.getBytes(UTF_8)) {
            char character = (char) (each & 0xff);
            boolean isPlain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || UNESCAPED.indexOf(character) >= 0);
            if (isPlain) encoded.append(character);
            else encoded.append(String.format("%%%02X", (int) character));
        }
        return encoded.toString();
    }

    private ContentDisposition() {}
}
