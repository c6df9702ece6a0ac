package io.parley.config.system.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that run the packaged jar. */
final class JarCommand {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final String COLLECTOR = "-XX:+UseSerialGC";

    // A command starts and ends before the second compiler is of use.
    private static final List<String> FIRST_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    // The second compiler works on password hashes alone (JEP 165): a hash takes 60 to 100 ms with it and 260 ms
    // without.
    // Compiling other methods with it would take a third of the time of a start.
    private static final List<String> SECOND_COMPILER_FOR_PASSWORDS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=src/test/resources/compilers.json");

    /** A server. */
    static List<String> serve() {
        return with(SECOND_COMPILER_FOR_PASSWORDS, archived());
    }

    /** As people start it: with no archive but the one that the server makes itself. */
    static List<String> plain(List<String> options) {
        var command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", PreparedJar.JAR.toString()));
        return command;
    }

    /** A command that ends by itself. */
    static List<String> of(String... arguments) {
        return with(FIRST_COMPILER, archived(), arguments);
    }

    /** A server that writes the archive of its classes when it ends. */
    static List<String> archiving(Path archive, String... arguments) {
        return with(FIRST_COMPILER, "-XX:ArchiveClassesAtExit=" + archive, arguments);
    }

    /** Reads classes from the archive of {@link PreparedJar} (JEP 350), which halves what a start costs. */
    private static String archived() {
        return "-XX:SharedArchiveFile=" + PreparedJar.archive();
    }

    private static List<String> with(List<String> compilers, String archive, String... arguments) {
        var command = new ArrayList<>(List.of(JAVA.toString(), COLLECTOR, archive));
        // Otherwise the first library that uses it makes the virtual machine print a warning (JEP 498).
        if (Runtime.version().feature() >= 24) command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(compilers);
        command.addAll(List.of("-jar", PreparedJar.JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private JarCommand() {}
}
