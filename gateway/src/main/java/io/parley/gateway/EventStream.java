package io.parley.gateway;

import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in a turn, as server-sent events (HTML Living Standard, 9.2). A client that reads nothing costs what the
 * connection buffers and is cut off; the turn goes on, and the events can be had again from any place on.
 *
 * @param after the number of the last event that the client has
 */
record EventStream(Vertx vertx, TurnFeed feed, Caller caller, UUID turnId, int after) implements Streamed {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    static final String TYPE = "text/event-stream";

    /** Proxies and clients take a connection for dead on which nothing comes; lost notices are made up for as well. */
    private static final long QUIET_MILLIS = 5_000;

    @Override
    public Future<Void> send(HttpServerRequest request, Deadlines deadlines) {
        var client = new Client(request, deadlines);
        var follower = new TurnFollower(feed, caller, turnId, after, client);
        request.response().drainHandler(drained -> follower.resume());
        var timer = vertx.setPeriodic(QUIET_MILLIS, tick -> {
            client.keepAlive();
            follower.catchUp();
        });
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return client.done.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static final class Client implements TurnFollower.Reader {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final Deadlines deadlines;
        private final Promise<Void> done = Promise.promise();

        Client(HttpServerRequest request, Deadlines deadlines) {
            this.request = request;
            this.response = request.response();
            this.deadlines = deadlines;
        }

        @Override
        public boolean isReady() {
            return !response.writeQueueFull();
        }

        @Override
        public void take(TurnEvent event) {
            write("id: " + event.number() + "\nevent: " + event.type().text() + "\ndata: "
                    + event.data().text() + "\n\n");
        }

        void keepAlive() {
            if (isReady()) write(":\n\n");
        }

        private void write(String text) {
            if (response.ended() || response.closed()) return;
            if (!response.headWritten()) begin();
            deadlines.writing(request);
            response.write(text);
        }

        private void begin() {
            Manners.apply(response);
            // Nginx would collect the events otherwise.
            response.setChunked(true).putHeader("Content-Type", TYPE).putHeader("X-Accel-Buffering", "no");
        }

        @Override
        public void end(@Nullable Throwable failure) {
            if (failure != null && !response.headWritten()) {
                done.tryFail(failure);
                return;
            }
            if (failure != null) log.warn("A stream of events broke off: {}", failure.getMessage());
            if (failure != null) request.connection().close();
            else if (!response.ended() && !response.closed()) response.end();
            done.tryComplete();
        }
    }
}
