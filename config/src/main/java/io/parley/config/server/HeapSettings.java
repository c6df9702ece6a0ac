package io.parley.config.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Keeps the process small. {@code java -jar} takes no JVM options from the jar, and without any the heap may grow to a
 * quarter of the machine's memory and hardly shrinks.
 */
public final class HeapSettings {
    // Bodies are small: chunks of 1 MiB, and one arena per event loop of a machine with two cores.
    private static final Map<String, String> NETTY = Map.of(
            "io.netty.allocator.maxOrder", "7",
            "io.netty.allocator.numDirectArenas", "2",
            "io.netty.allocator.numHeapArenas", "1");

    // The options that a running JVM can change: the free part of the heap in percent after a collection, and a
    // collection after 30 s without one.
    private static final Map<String, String> HEAP =
            Map.of("MinHeapFreeRatio", "20", "MaxHeapFreeRatio", "40", "G1PeriodicGCInterval", "30000");

    /** Call it before the first class of Netty is loaded. Options from the command line keep their values. */
    public static void apply() {
        NETTY.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) HEAP.forEach((name, value) -> setIfDefault(jvm, name, value));
    }

    private static void setIfDefault(HotSpotDiagnosticMXBean jvm, String option, String value) {
        try {
            if (jvm.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) jvm.setVMOption(option, value);
        } catch (IllegalArgumentException unknownOption) {
            // another garbage collector or another JVM, which has other options
        }
    }

    /** The largest heap, and the memory of the machine or container, such as {@code heap 256 MiB of 24105 MiB}. */
    static String describe() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "heap " + mebibytes(Runtime.getRuntime().maxMemory()) + " of " + mebibytes(system.getTotalMemorySize());
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** Returns the memory that only the start needed to the system. */
    static void releaseStartMemory() {
        System.gc();
    }

    private HeapSettings() {}
}
