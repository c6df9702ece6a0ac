package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** An answer that takes its time: it is written while it is made. */
public interface StreamedAnswer {
    /** The media type of what is written. */
    String type();

    /** Fails only before anything is written; after that all there is to say is to break off. */
    Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines);
}
