package io.parley.gateway.docs;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ClasspathFiles;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A file from the jar that is served unchanged.
 *
 * @param type its content type
 */
record Asset(String type, Buffer bytes) {
    /** A page may load files of this server and connect to it, nothing else; icons in its style sheet are data URLs. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** @param path of the file in the class path, beginning with a slash */
    static Asset of(String type, String path) {
        return new Asset(type, Buffer.buffer(ClasspathFiles.bytes(path)));
    }

    Answer answer() {
        return new Answer(200, Map.of("Content-Type", type, "Content-Security-Policy", POLICY), bytes);
    }
}
