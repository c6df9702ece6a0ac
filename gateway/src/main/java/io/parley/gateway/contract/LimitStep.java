package io.parley.gateway.contract;

import io.parley.gateway.http.HttpError;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
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

    /** Finds out who sent a request, and counts it as one of the user's, or as one without valid credentials. */
    default Future<Void> admit(
            HttpServerRequest request,
            Authenticator authenticator,
            boolean isStream,
            Function<Identity, Future<Void>> work) {
        return authenticator
                .authenticate(request)
                .recover(failure -> isWithoutCredentials(failure)
                        ? countAnonymous(request).compose(counted -> Future.failedFuture(failure))
                        : Future.failedFuture(failure))
                .compose(identity -> admit(request, identity, isStream, () -> work.apply(identity)));
    }

    private static boolean isWithoutCredentials(Throwable failure) {
        if (failure instanceof HttpError error) return error.status() == 401;
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
    }
}
