package io.parley.bench.soak.traffic;

import io.parley.bench.soak.nodes.NodeCluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Users who do what people do, at a rate that does not depend on how fast they are answered. */
public final class Traffic {
    private final List<Account> accounts;
    private final BlockingQueue<Account> idle;
    private final Random random;
    private final Requests requests;
    private final Sessions sessions;
    private final Writes writes;
    private final Listing listing;
    private final Mix mix;
    private final ExecutorService threads;
    private long skipped;

    public Traffic(NodeCluster cluster, HttpClient client, Statistics statistics, int users, long seed) {
        accounts = IntStream.range(0, users)
                .mapToObj(number -> new Account(number, seed))
                .toList();
        idle = new ArrayBlockingQueue<>(users);
        random = new Random(seed);
        requests = new Requests(cluster, client, statistics);
        sessions = new Sessions(requests);
        writes = new Writes(requests);
        listing = new Listing(requests, sessions);
        mix = Mix.of(requests, writes, listing);
        threads = Executors.newFixedThreadPool(Math.min(users, 64));
    }

    public List<Account> accounts() {
        return accounts;
    }

    public void register() {
        accounts.forEach(sessions::register);
        idle.addAll(accounts);
    }

    /** Calls this URL whenever one of the first users has a new task. */
    public void addWebhooks(String url, int users) {
        var webhook = new JsonObject().put("url", url).put("events", new JsonArray().add("task.created"));
        for (var account : accounts.subList(0, users)) {
            var answer =
                    requests.decided(account, Call.post("/webhooks", webhook).withoutKey());
            if (!answer.succeeded()) throw new IllegalStateException("no webhook: " + answer);
        }
    }

    public EventStreams openStreams() {
        return EventStreams.open(requests, accounts);
    }

    /** Returns when all is answered. */
    public void run(double rate, Duration time) {
        long startedAt = System.nanoTime();
        double nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
        long total = (long) (rate * time.toMillis() / 1000);
        for (long number = 0; number < total; number++) {
            long due = startedAt + (long) (number * nanosBetween);
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            begin();
        }
        end();
    }

    /** Nobody is free if many wait for a node that is restarted. */
    private void begin() {
        var account = idle.poll();
        if (account == null) {
            skipped++;
            return;
        }
        var action = mix.any(random);
        threads.execute(() -> act(account, action));
    }

    private void act(Account account, Consumer<Account> action) {
        try {
            sessions.refresh(account);
            action.accept(account);
            writes.trim(account);
        } catch (RuntimeException failure) {
            requests.statistics().fault(Statistics.Fault.WRONG, failure.toString());
        } finally {
            idle.add(account);
        }
    }

    private void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.MINUTES)) throw new IllegalStateException("requests hang");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What was not done because every user was busy. */
    public long skipped() {
        return skipped;
    }

    /** Lists, for the reconciliation. */
    public Listing listing() {
        return listing;
    }
}
