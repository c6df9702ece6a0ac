package io.parley.gateway.idempotency;

import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Upload;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests under an Idempotency-Key: what they want is done once, and answered alike however often they come. */
public final class IdempotentRequests {
    private static final Logger log = LoggerFactory.getLogger(IdempotentRequests.class);

    private static final long PAUSE_MILLIS = 150;

    /** How long taking in what an upload brings may last: two at once would double nothing, only work twice. */
    private static final Duration UPLOAD_LOCK = Duration.ofMinutes(15);

    /** @param end until when to wait for another attempt, in the time of {@link System#nanoTime} */
    private record Job(Request request, Begin begin, Function<Request, Future<Answer>> work, long end) {}

    private final Vertx vertx;
    private final Bus bus;
    private final RequestFingerprints fingerprints;
    private final Duration lock;
    private final Duration patience;

    public IdempotentRequests(Vertx vertx, Bus bus, GatewaySettings settings) {
        this.vertx = vertx;
        this.bus = bus;
        this.fingerprints = new RequestFingerprints(settings.tokens().key());
        // What a request asked for may go on for a little when its own time is over.
        this.lock = settings.requestTimeout().multipliedBy(2);
        // Whoever waits for another's answer must still be told that there is none.
        this.patience = settings.requestTimeout().multipliedBy(3).dividedBy(4);
    }

    /** Fails invalid where it is none. */
    public Optional<IdempotencyKey> key(HttpServerRequest request, Buffer body) {
        return IdempotencyKey.sent(request.headers())
                .map(text -> new IdempotencyKey(text, fingerprints.of(request, body)));
    }

    /** The same for a body that is taken in as it comes. */
    public Optional<IdempotencyKey> key(HttpServerRequest request) {
        return IdempotencyKey.sent(request.headers()).map(text -> new IdempotencyKey(text, fingerprints.of(request)));
    }

    public Upload upload(HttpServerRequest request, ConnectionDeadlines deadlines) {
        return new Upload(request, deadlines, fingerprints.ofUpload());
    }

    /** The answer of the work, or the one that it gave before to the same request under its key. */
    public Future<Answer> once(IdempotencyKey key, Request request, Function<Request, Future<Answer>> work) {
        var locked = request.isUpload() ? UPLOAD_LOCK : lock;
        var begin = new Begin(request.caller(), key.text(), key.fingerprint(), locked);
        return begin(new Job(request, begin, work, System.nanoTime() + patience.toNanos()));
    }

    private Future<Answer> begin(Job job) {
        return bus.ask(Idempotency.BEGIN, job.begin()).compose(begun -> {
            var attempt = begun.attempt();
            if (attempt != null) return attempt(job, attempt);
            var answer = begun.answer();
            return answer == null ? later(job) : again(job.request(), answer);
        });
    }

    private static Future<Answer> again(Request request, StoredAnswer answer) {
        if (!request.isUpload()) return Future.succeededFuture(Answer.again(answer));
        return request.upload().passedOver().map(upload -> {
            if (!upload.equals(answer.uploadFingerprint())) throw otherRequest();
            return Answer.again(answer);
        });
    }

    private static Problem otherRequest() {
        return Problem.conflict(IdempotencyKey.HEADER, "Another request has been made under this key.");
    }

    // Another attempt is under way, and its answer will be the answer to this one.
    private Future<Answer> later(Job job) {
        if (job.request().isAbandoned() || job.end() - System.nanoTime() < 0)
            return Future.failedFuture(HttpError.underWay());
        return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(passed -> begin(job));
    }

    private Future<Answer> attempt(Job job, Attempt attempt) {
        return Future.succeededFuture(job.request().creating(attempt.resourceId()))
                .compose(job.work())
                .compose(
                        answer -> finish(attempt, answer.stored(upload(job.request())), answer),
                        failure -> release(attempt, failure, job.request()));
    }

    // What is done is answered, kept or not.
    private Future<Answer> finish(Attempt attempt, StoredAnswer stored, Answer answer) {
        return bus.ask(Idempotency.FINISH, new Finish(attempt, stored))
                .onFailure(lost -> log.warn("An answer is not kept for repeats: {}", lost.getMessage()))
                .transform(kept -> Future.succeededFuture(answer));
    }

    private static @Nullable String upload(Request request) {
        return request.isUpload() ? request.upload().fingerprint() : null;
    }

    // Some lines of an upload may be in when it breaks off.
    private Future<Answer> release(Attempt attempt, Throwable failure, Request request) {
        return bus.ask(Idempotency.RELEASE, new Release(attempt, didNothing(failure) && !request.isUpload()))
                .transform(released -> Future.failedFuture(failure));
    }

    private static boolean didNothing(Throwable failure) {
        if (!(failure instanceof Problem problem)) return failure instanceof HttpError;
        return switch (problem.kind()) {
            case INTERNAL, UNAVAILABLE, TIMEOUT, LOST -> false;
            default -> true;
        };
    }
}
