package io.parley.gateway.http;

import io.vertx.core.buffer.Buffer;

/**
 * A file that is served as it is.
 *
 * @param type its content type
 */
public record Asset(String type, Buffer bytes) {
    /** A page loads what comes from here and talks to nobody else; the icons of its style sheet are data. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Asset of(String type, String path) {
        return new Asset(type, Buffer.buffer(ClasspathFiles.bytes(path)));
    }
}
