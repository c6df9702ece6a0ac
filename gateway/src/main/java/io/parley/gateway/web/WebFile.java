package io.parley.gateway.web;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.EntityTags;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the web app, as it is sent.
 *
 * @param headers beside those that depend on the request
 * @param tag a weak one (RFC 9110, 8.8.1), because it stands for the file with and without compression
 */
record WebFile(String tag, Map<String, String> headers, Buffer plain, Buffer compressed) {

    static WebFile of(String tag, Map<String, String> headers, byte[] bytes) {
        return new WebFile("W/\"" + tag + '"', headers, Buffer.buffer(bytes), Buffer.buffer(compress(bytes)));
    }

    Answer answer(HttpServerRequest request) {
        var all = new LinkedHashMap<>(headers);
        all.put("ETag", tag);
        all.put("Vary", "Accept-Encoding");
        if (EntityTags.isKnown(request.headers(), tag)) return new Answer(304, all, null);
        boolean isCompressed = takesGzip(request);
        if (isCompressed) all.put("Content-Encoding", "gzip");
        return new Answer(200, all, isCompressed ? compressed : plain);
    }

    private static boolean takesGzip(HttpServerRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.matches("(?i)(.*[,\\s])?gzip(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }

    private static byte[] compress(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return compressed.toByteArray();
    }
}
