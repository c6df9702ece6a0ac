package io.parley.gateway.contract;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Finds out who sent a request. */
public interface Authenticator {
    /** Fails with a 401 if the request has no valid credentials. */
    Future<Identity> authenticate(HttpServerRequest request);
}
