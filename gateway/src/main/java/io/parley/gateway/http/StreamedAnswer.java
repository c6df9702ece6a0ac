package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** An answer that is written in several parts, while it is produced. */
public interface StreamedAnswer {
    /** The media type of what is written. */
    String type();

    /** Fails only before anything is written; after that, a failure closes the connection. */
    Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines);
}
