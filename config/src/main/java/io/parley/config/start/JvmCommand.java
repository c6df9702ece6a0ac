package io.parley.config.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command that started this process as {@code java … -jar parley.jar …}.
 *
 * @param options of the JVM, those in environment variables included
 * @param jar as it was named
 */
record JvmCommand(List<String> options, String jar, List<String> arguments) {
    /** The JVM reads options from these, and says so in a line. */
    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Linux: the whole command, each part ended by a NUL. {@link ProcessHandle} cuts it after a page of memory. */
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /**
     * The options that can be given to a second JVM beside this one. With any other one, such as a debugger's, which opens a port, or an
     * archive of the operator's, this process is the server itself.
     */
    private static final Pattern REPEATABLE = Pattern.compile("-Xm[sx]\\w+|-Xss\\w+"
            + "|-XX:[+-]Use(Serial|Parallel|G1)GC|-XX:TieredStopAtLevel=\\d|-XX:ActiveProcessorCount=\\d+"
            + "|-XX:(Max|Min|Initial)RAMPercentage=[\\d.]+|-XX:Max(Metaspace|DirectMemory|Heap)Size=\\w+"
            + "|-XX:[+-](ExitOn|CrashOn|HeapDumpOn)OutOfMemoryError|-XX:(HeapDumpPath|ReservedCodeCacheSize)=.*"
            + "|--(enable-native-access|sun-misc-unsafe-memory-access)=.*"
            + "|-D(?!com\\.sun\\.management|java\\.class\\.path|java\\.system|java\\.security\\.manager).*");

    /** Empty if the process was started in another way, or with options that a second JVM cannot have. */
    static Optional<JvmCommand> current(Map<String, String> environment) {
        return parse(parts(), environment)
                .filter(command -> command.jar.equals(System.getProperty("java.class.path"))
                        && !command.jar.contains(File.pathSeparator));
    }

    static Optional<JvmCommand> parse(List<String> parts, Map<String, String> environment) {
        int jar = parts.indexOf("-jar") + 1;
        if (jar < 2 || jar == parts.size()) return Optional.empty();
        var options = new ArrayList<String>();
        for (var variable : VARIABLES) options.addAll(words(environment.getOrDefault(variable, "")));
        options.addAll(parts.subList(1, jar - 1));
        return options.stream().allMatch(option -> REPEATABLE.matcher(option).matches())
                ? Optional.of(new JvmCommand(
                        List.copyOf(options), parts.get(jar), List.copyOf(parts.subList(jar + 1, parts.size()))))
                : Optional.empty();
    }

    // A quoted word stays in pieces, which then are no options.
    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> parts() {
        if (Files.isReadable(COMMAND_LINE)) {
            try {
                return List.of(Files.readString(COMMAND_LINE).split("\0"));
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        var info = ProcessHandle.current().info();
        var parts = new ArrayList<>(List.of("java"));
        info.arguments().ifPresent(arguments -> parts.addAll(List.of(arguments)));
        return parts;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
