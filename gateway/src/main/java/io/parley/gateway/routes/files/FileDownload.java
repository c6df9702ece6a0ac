package io.parley.gateway.routes.files;

import io.parley.contracts.files.FileTypes;
import io.parley.contracts.files.StoredFile;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.http.SecurityHeaders;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.transfer.files.FileContent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a file, or the part of it that the client asks for, written no faster than the client reads. Nothing in it can
 * run: browsers save it, and its type is one that was found out here.
 *
 * @param transfers those that run
 */
record FileDownload(StoredFile file, FileContent content, FileTransfers transfers) implements StreamedAnswer {
    private static final Logger log = LoggerFactory.getLogger(FileDownload.class);

    private static final String SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'";

    @Override
    public String type() {
        return file.mediaType().equals(FileTypes.TEXT) ? FileTypes.TEXT + "; charset=utf-8" : file.mediaType();
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var response = request.response();
        if (response.closed()) return Future.succeededFuture();
        if (EntityTags.isKnown(request.headers(), tag()))
            return head(response, 304).end();
        var range = ByteRange.of(isCurrent(request) ? request.getHeader("Range") : null, file.size());
        if (range.isEmpty())
            return head(response, 416)
                    .putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size())
                    .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                    .end();
        return send(request, range.get(), deadlines);
    }

    // A client that has a part of another content wants all of this one (RFC 9110, 13.1.5).
    private boolean isCurrent(HttpServerRequest request) {
        var condition = request.getHeader("If-Range");
        return condition == null || condition.equals(tag());
    }

    private String tag() {
        return '"' + file.sha256() + '"';
    }

    private HttpServerResponse head(HttpServerResponse response, int status) {
        SecurityHeaders.apply(response);
        return response.setStatusCode(status)
                .putHeader("Content-Security-Policy", SANDBOX)
                .putHeader("Cross-Origin-Resource-Policy", "same-site")
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .putHeader(HttpHeaders.ETAG, tag());
    }

    private Future<Void> send(HttpServerRequest request, ByteRange range, ConnectionDeadlines deadlines) {
        return transfers.run(file.userId(), FileContent.MEMORY, () -> write(request, range, deadlines));
    }

    private Future<Void> write(HttpServerRequest request, ByteRange range, ConnectionDeadlines deadlines) {
        var response = request.response();
        boolean isWhole = range.length() == file.size();
        return content.forEachChunk(range.from(), range.to(), chunk -> {
                    if (!response.headWritten()) writeHead(response, range, isWhole);
                    return write(request, chunk, deadlines);
                })
                .compose(written -> {
                    if (!response.headWritten()) writeHead(response, range, isWhole);
                    return response.end();
                })
                .recover(failure -> response.headWritten() ? abort(request, failure) : Future.failedFuture(failure));
    }

    private void writeHead(HttpServerResponse response, ByteRange range, boolean isWhole) {
        head(response, isWhole ? 200 : 206)
                .putHeader(HttpHeaders.CONTENT_TYPE, type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()))
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(file.name()));
        if (!isWhole) response.putHeader(HttpHeaders.CONTENT_RANGE, range.text(file.size()));
    }

    private static Future<Void> write(HttpServerRequest request, Buffer chunk, ConnectionDeadlines deadlines) {
        deadlines.writingAnswer(request);
        return request.response().write(chunk);
    }

    // Ending the response would look like success, so the connection is closed instead.
    private static Future<Void> abort(HttpServerRequest request, Throwable failure) {
        boolean hasGone = failure instanceof IOException || request.response().closed();
        if (!hasGone) log.warn("Download aborted: {}", failure.getMessage());
        ConnectionDeadlines.abort(request);
        return Future.succeededFuture();
    }
}
