package io.parley.bench.soak.traffic;

import io.parley.bench.soak.nodes.NodeCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends requests to the nodes in turn and counts what becomes of them. Blocks. */
final class Requests {
    /** Longer than the server's own 12 s. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 250;

    private final NodeCluster cluster;
    private final HttpClient client;
    private final Statistics statistics;

    Requests(NodeCluster cluster, HttpClient client, Statistics statistics) {
        this.cluster = cluster;
        this.client = client;
        this.statistics = statistics;
    }

    Statistics statistics() {
        return statistics;
    }

    /** One attempt. */
    Answer once(Account account, Call call) {
        return attempt(account, call, false);
    }

    /**
     * Sends the request again until it is known what became of it. The answer {@link Answer#isUndecided} if that is not known
     * after a minute.
     */
    Answer decided(Account account, Call call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var answer = attempt(account, call, false);
        while (answer.isUndecided() && System.nanoTime() < end) {
            pause();
            answer = attempt(account, call, true);
        }
        if (answer.isUndecided())
            statistics.fault(Statistics.Fault.UNDECIDED, call + " " + answer.status() + " " + answer.body());
        return answer;
    }

    private Answer attempt(Account account, Call call, boolean isRepeated) {
        long sentAt = System.nanoTime();
        var answer = send(account, call);
        // What was deleted by an attempt that was not answered is not there any more.
        boolean isGone = isRepeated && call.method().equals("DELETE") && answer.status() == 404;
        statistics.answered(call, answer, sentAt, isGone || answer.isUndecided());
        return answer;
    }

    private Answer send(Account account, Call call) {
        return exchange(account, call, BodyHandlers.ofString())
                .map(response -> new Answer(response.statusCode(), response.body()))
                .orElse(new Answer(0, ""));
    }

    /** Without counting it. Empty if the connection broke. */
    <T> Optional<HttpResponse<T>> exchange(Account account, Call call, BodyHandler<T> handler) {
        var body = call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
        var request = HttpRequest.newBuilder(cluster.next().uri("/api/v1" + call.path()))
                .timeout(LONGEST)
                .method(call.method(), body);
        if (!call.type().isEmpty()) request.header("Content-Type", call.type());
        if (!call.accept().isEmpty()) request.header("Accept", call.accept());
        if (call.key() != null) request.header("Idempotency-Key", call.key());
        account.authorize(request);
        try {
            return Optional.of(client.send(request.build(), handler));
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
