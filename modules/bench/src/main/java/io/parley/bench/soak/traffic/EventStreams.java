package io.parley.bench.soak.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Streams of changes, each read for half a minute or until it breaks, then opened again by another user. */
public final class EventStreams implements AutoCloseable {
    private static final long OPEN_SECONDS = 30;

    private final Requests requests;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean closed;

    private EventStreams(Requests requests) {
        this.requests = requests;
    }

    /** @param accounts number of streams that are open at the same time is a tenth of them, at least one */
    static EventStreams open(Requests requests, List<Account> accounts) {
        var streams = new EventStreams(requests);
        int number = Math.max(1, accounts.size() / 10);
        for (int stream = 0; stream < number; stream++) {
            int first = stream;
            var reader = new Thread(() -> streams.read(accounts, first, number), "events-" + stream);
            reader.setDaemon(true);
            reader.start();
        }
        return streams;
    }

    private void read(List<Account> accounts, int first, int step) {
        for (int at = first; !closed; at = (at + step) % accounts.size()) read(accounts.get(at));
    }

    private void read(Account account) {
        var response = requests.exchange(account, Call.get("/events"), BodyHandlers.ofInputStream());
        if (response.isEmpty() || response.get().statusCode() != 200) {
            Requests.pause();
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
        try (var lines = new BufferedReader(new InputStreamReader(response.get().body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine();
                    line != null && !closed && System.nanoTime() < end;
                    line = lines.readLine()) if (line.startsWith("event:")) events.incrementAndGet();
        } catch (IOException broken) {
            // Its node was restarted.
        }
    }

    public long events() {
        return events.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
