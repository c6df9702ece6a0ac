package io.parley.gateway.contract;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** The dispatcher's step that counts requests, after the credentials are checked and before anything else is done. */
public interface LimitStep {
    /** Counts a request without valid credentials; fails limited if its address has sent too many. */
    Future<Void> countAnonymous(HttpServerRequest request);

    /**
     * Counts a user's request and does its work. Fails limited, without the work, if the user has sent too many or has too many
     * in progress.
     *
     * @param isStream whether it is answered with a stream of events, which is counted apart
     */
    Future<Void> admit(HttpServerRequest request, Identity identity, boolean isStream, Supplier<Future<Void>> work);
}
