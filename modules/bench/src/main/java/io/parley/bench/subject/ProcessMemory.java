package io.parley.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The memory, threads and descriptors of a JVM on this machine. All but the heap need Linux. */
public record ProcessMemory(long process) {
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    /** The bytes on the heap after a full garbage collection, which stops the process meanwhile. */
    public long liveHeap() {
        jcmd("GC.run");
        var used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) throw new IllegalStateException("jcmd printed no heap size");
        return Long.parseLong(used.group(1)) * 1024;
    }

    /** The resident bytes of the process without its PostgreSQL; -1 if this is not Linux. */
    public long resident() {
        long kib = status(RESIDENT);
        return kib < 0 ? -1 : kib * 1024;
    }

    /** The threads of the process, those of the JVM included; -1 if this is not Linux. */
    public long threads() {
        return status(THREADS);
    }

    /** The open files and sockets of the process; -1 if this is not Linux. */
    public long descriptors() {
        try (var open = Files.list(Path.of("/proc/" + process + "/fd"))) {
            return open.count();
        } catch (IOException | UncheckedIOException notLinux) {
            return -1;
        }
    }

    private long status(Pattern line) {
        try {
            var found = line.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
            return found.find() ? Long.parseLong(found.group(1)) : -1;
        } catch (IOException notLinux) {
            return -1;
        }
    }

    private String jcmd(String command) {
        try {
            var program =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var running = new ProcessBuilder(program, String.valueOf(process), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
