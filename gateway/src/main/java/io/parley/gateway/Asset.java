package io.parley.gateway;

import io.vertx.core.buffer.Buffer;

/**
 * A file that is served as it is.
 *
 * @param type its content type
 */
record Asset(String type, Buffer bytes) {
    /** A page loads what comes from here and talks to nobody else; the icons of its style sheet are data. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static Asset of(String type, String path) {
        return new Asset(type, Buffer.buffer(Classpath.bytes(path)));
    }
}
