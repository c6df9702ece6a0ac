package io.parley.config;

/** Keeps the process small, since {@code java -jar} takes no flags for the JVM from the jar. */
final class Footprint {
    /** To be called before the first class of Netty is loaded. */
    static void bound() {
        // Two arenas of 1 MiB chunks are plenty for small bodies; the default is 4 MiB for each of twice the cores.
        System.setProperty("io.netty.allocator.maxOrder", "7");
        System.setProperty("io.netty.allocator.numDirectArenas", "2");
        System.setProperty("io.netty.allocator.numHeapArenas", "1");
    }

    private Footprint() {}
}
