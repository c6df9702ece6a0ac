package io.parley.config.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;

/**
 * Lets the heap keep its size under load, and give memory back when there is none. With little room (see {@link HeapSettings}) G1 shrinks a
 * heap under load at the end of each marking, so that the next marking begins at once: a fifth of the server's CPU time, and pauses of
 * 30 ms. The collection after 30 s without one uses what is set then.
 */
final class HeapRoom {
    static final String OPTION = "MaxHeapFreeRatio";

    /** Percent, the JVM's default. */
    private static final String UNDER_LOAD = "70";

    private static final long INTERVAL_MILLIS = 10_000;

    private final HotSpotDiagnosticMXBean jvm;
    private final String idle;
    private long collections = -1;
    private int quietChecks;

    /** @param idle percent of the heap that may be free without load */
    HeapRoom(HotSpotDiagnosticMXBean jvm, String idle) {
        this.jvm = jvm;
        this.idle = idle;
    }

    /** Does nothing if the command line chose the option, or if this JVM has none. */
    static void follow(Vertx vertx) {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm == null || !isOurs(jvm)) return;
        var room = new HeapRoom(jvm, jvm.getVMOption(OPTION).getValue());
        room.check(collections());
        vertx.setPeriodic(INTERVAL_MILLIS, timer -> room.check(collections()));
    }

    private static boolean isOurs(HotSpotDiagnosticMXBean jvm) {
        try {
            return jvm.getVMOption(OPTION).getOrigin() == VMOption.Origin.MANAGEMENT;
        } catch (IllegalArgumentException unknownOption) {
            return false;
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> Math.max(0, collector.getCollectionCount()))
                .sum();
    }

    /** @param now how many collections there have been; without load there is none for two checks */
    void check(long now) {
        quietChecks = now == collections ? quietChecks + 1 : 0;
        collections = now;
        jvm.setVMOption(OPTION, quietChecks >= 2 ? idle : UNDER_LOAD);
    }
}
