package io.parley.bench.soak.nodes;

import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes on one database, and a load balancer in front of them that asks each five times a second whether it is ready. */
public final class NodeCluster implements AutoCloseable {
    private static final long PROBE_MILLIS = 200;
    private static final long LONGEST_START_MINUTES = 5;

    private final List<Node> nodes;
    private final ClusterSettings settings;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService probes;

    /** @param directory for the logs of the nodes */
    public NodeCluster(
            Path jar, int size, DatabaseUrl database, Path directory, HttpClient client, Map<String, String> more) {
        nodes = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new Node("node-" + number, jar, directory, client))
                .toList();
        settings =
                ClusterSettings.of(database, nodes.stream().map(Node::member).collect(Collectors.joining(",")), more);
        probes = Executors.newScheduledThreadPool(size);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Node::kill)));
        for (var node : nodes)
            probes.scheduleWithFixedDelay(node::probe, PROBE_MILLIS, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Starts one after the other, because the first one migrates the database. */
    public void start() throws IOException {
        for (var node : nodes) start(node);
    }

    /** Returns when the node is ready. */
    void start(Node node) throws IOException {
        node.start(settings);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_START_MINUTES);
        while (!node.isReady()) {
            if (node.memory().isEmpty() || System.nanoTime() > end)
                throw new IllegalStateException(node.name() + " does not start; see " + node.log());
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS / 2);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A ready node, in turn; any if none is ready. */
    public Node next() {
        var ready = nodes.stream().filter(Node::isReady).toList();
        var choice = ready.isEmpty() ? nodes : ready;
        return choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
    }

    /** Stops all nodes as a supervisor does. */
    public void stop() {
        nodes.forEach(Node::terminate);
    }

    @Override
    public void close() {
        stop();
        probes.shutdownNow();
    }
}
