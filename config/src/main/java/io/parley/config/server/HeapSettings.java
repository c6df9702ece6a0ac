package io.parley.config.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Keeps the process small. {@code java -jar} takes no flags from the jar, and without any the JVM would let the heap
 * grow to a quarter of the machine's memory and give little of it back.
 */
public final class HeapSettings {
    // Bodies are small: chunks of 1 MiB for one arena on each event loop of a small machine.
    private static final Map<String, String> NETTY = Map.of(
            "io.netty.allocator.maxOrder", "7",
            "io.netty.allocator.numDirectArenas", "2",
            "io.netty.allocator.numHeapArenas", "1");

    // Those that the JVM lets a running program set. A collection leaves at most so many percent of the heap free, and
    // where nothing is collected for half a minute there is one.
    private static final Map<String, String> HEAP =
            Map.of("MinHeapFreeRatio", "20", "MaxHeapFreeRatio", "40", "G1PeriodicGCInterval", "30000");

    /** To be called before the first class of Netty is loaded. What is set on the command line stays. */
    public static void bound() {
        NETTY.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine != null) HEAP.forEach((name, value) -> set(machine, name, value));
    }

    private static void set(HotSpotDiagnosticMXBean machine, String option, String value) {
        try {
            if (machine.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) machine.setVMOption(option, value);
        } catch (IllegalArgumentException otherMachine) {
            // another collector, or another JVM: it has its own ways
        }
    }

    /** To be called when the start is over: gives back what only the start has used. */
    static void settle() {
        System.gc();
    }

    private HeapSettings() {}
}
