package io.parley.gateway.idempotency;

import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.gateway.contract.IdempotencyKey;
import io.parley.gateway.contract.IdempotencyStep;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HeaderNames;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a request once per Idempotency-Key, and answers repeated requests with the stored answer. */
public final class IdempotentRequests implements IdempotencyStep {
    private static final Logger log = LoggerFactory.getLogger(IdempotentRequests.class);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(150);

    /** For an upload, whose processing takes longer. If it runs out, the lines are read twice, but none is imported twice. */
    private static final Duration UPLOAD_LOCK = Duration.ofMinutes(15);

    /** @param deadline until when to wait for another attempt's answer, in the time of {@link System#nanoTime} */
    private record Execution(Request request, Begin begin, Function<Request, Future<Answer>> work, long deadline) {}

    private final Vertx vertx;
    private final Bus bus;
    private final RequestFingerprints fingerprints;
    private final Duration lock;
    private final Duration maxWait;

    /**
     * @param signingKey a key for fingerprints is derived from it
     * @param requestTimeout from the complete request to the answer
     */
    public IdempotentRequests(Vertx vertx, Bus bus, Secret signingKey, Duration requestTimeout) {
        this.vertx = vertx;
        this.bus = bus;
        this.fingerprints = new RequestFingerprints(signingKey);
        // Modules may still be working for a while after the client was answered with a time-out.
        this.lock = requestTimeout.multipliedBy(2);
        // Leaves time to answer 409 before the request times out.
        this.maxWait = requestTimeout.multipliedBy(3).dividedBy(4);
    }

    @Override
    public Optional<IdempotencyKey> key(HttpServerRequest request, Buffer body) {
        return IdempotencyKeyHeader.read(request.headers())
                .map(text -> new IdempotencyKey(text, fingerprints.of(request, body)));
    }

    @Override
    public Mac uploadMac() {
        return fingerprints.newMac();
    }

    @Override
    public Future<Answer> once(IdempotencyKey key, Request request, Function<Request, Future<Answer>> work) {
        var begin = new Begin(request.caller(), key.text(), key.fingerprint(), request.isUpload() ? UPLOAD_LOCK : lock);
        return begin(new Execution(request, begin, work, System.nanoTime() + maxWait.toNanos()));
    }

    private Future<Answer> begin(Execution execution) {
        return bus.ask(Idempotency.BEGIN, execution.begin())
                .recover(failure -> Future.failedFuture(isConflict(failure) ? keyReused() : failure))
                .compose(begun -> proceed(execution, begun));
    }

    private Future<Answer> proceed(Execution execution, Begun begun) {
        if (begun.attempt() != null) return run(execution, begun.attempt());
        return begun.answer() == null ? waitForOther(execution) : replay(execution.request(), begun.answer());
    }

    // Another attempt is running; its answer will be the answer to this one.
    private Future<Answer> waitForOther(Execution execution) {
        long left = execution.deadline() - System.nanoTime();
        if (execution.request().isAbandoned() || left < POLL_INTERVAL.toNanos())
            return Future.failedFuture(stillRunning());
        return vertx.timer(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS).compose(passed -> begin(execution));
    }

    private static Future<Answer> replay(Request request, StoredAnswer stored) {
        if (!request.isUpload()) return Future.succeededFuture(StoredAnswers.replay(stored));
        return request.upload().discard().map(fingerprint -> {
            if (!fingerprint.equals(stored.uploadFingerprint())) throw keyReused();
            return StoredAnswers.replay(stored);
        });
    }

    private Future<Answer> run(Execution execution, Attempt attempt) {
        var request = execution.request();
        return Future.succeededFuture(request.withNewId(attempt.resourceId()))
                .compose(execution.work())
                .compose(answer -> finish(attempt, request, answer), failure -> release(attempt, request, failure));
    }

    // The work is done, so it is answered even if the answer could not be stored.
    private Future<Answer> finish(Attempt attempt, Request request, Answer answer) {
        var stored = StoredAnswers.store(answer, uploadFingerprint(request));
        return bus.ask(Idempotency.FINISH, new Finish(attempt, stored))
                .onFailure(failure -> log.warn("Answer not stored for repeated requests: {}", failure.getMessage()))
                .transform(finished -> Future.succeededFuture(answer));
    }

    private static @Nullable String uploadFingerprint(Request request) {
        return request.isUpload() ? request.upload().fingerprint() : null;
    }

    // Some lines of an upload may have been imported before it failed.
    private Future<Answer> release(Attempt attempt, Request request, Throwable failure) {
        return bus.ask(Idempotency.RELEASE, new Release(attempt, hadNoEffect(failure) && !request.isUpload()))
                .transform(released -> Future.failedFuture(failure));
    }

    private static boolean hadNoEffect(Throwable failure) {
        if (!(failure instanceof Problem problem)) return failure instanceof HttpError;
        return switch (problem.kind()) {
            case INTERNAL, UNAVAILABLE, TIMEOUT, LOST -> false;
            default -> true;
        };
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.CONFLICT;
    }

    private static Problem keyReused() {
        return Problem.conflict(
                HeaderNames.IDEMPOTENCY_KEY,
                "This key was used for a different request. Use a new key for each request.");
    }

    private static HttpError stillRunning() {
        var detail = "The first request with this key is still being processed. Try again later.";
        return HttpError.retryLater(409, detail, new Fault(HeaderNames.IDEMPOTENCY_KEY, detail));
    }
}
