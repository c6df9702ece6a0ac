package io.parley.bench.soak.nodes;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Restarts the nodes in turn, all but the first one, whose memory shows what leaks: once with SIGTERM, once with SIGKILL,
 * and so on.
 */
public final class Restarts {
    private final NodeCluster cluster;
    private final Disturbances disturbances;
    private final Duration interval;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Integer> done;

    private Restarts(NodeCluster cluster, Disturbances disturbances, Duration interval) {
        this.cluster = cluster;
        this.disturbances = disturbances;
        this.interval = interval;
        this.done = CompletableFuture.supplyAsync(this::run, task -> new Thread(task, "restarts").start());
    }

    public static Restarts every(Duration interval, NodeCluster cluster, Disturbances disturbances) {
        return new Restarts(cluster, disturbances, interval);
    }

    private int run() {
        int number = 0;
        try {
            while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) restart(number++);
            return number;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void restart(int number) throws IOException {
        var others = cluster.nodes().subList(1, cluster.nodes().size());
        var node = others.get(number / 2 % others.size());
        boolean kill = number % 2 == 1;
        System.out.println((kill ? "kill -9 " : "SIGTERM ") + node.name());
        var window = disturbances.restart();
        if (kill) node.kill();
        else node.terminate();
        cluster.start(node);
        window.end();
    }

    /** Waits until a restart in progress is over. Returns how many there were; fails if a node did not start. */
    public int end() {
        end.countDown();
        return done.join();
    }
}
