package io.parley.config.serve;

import io.parley.config.settings.sources.SettingsCatalogue;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A start without picocli. No archive of classes can hold its classes, because they are of Java 5 ("old class", JDK 25), and loading them took
 * a tenth of the CPU time of a start.
 */
public final class PlainStart {
    /** Returns the exit code of the server, or nothing if these arguments are not plainly those of a server. */
    public static OptionalInt run(String[] arguments, Map<String, String> environment) {
        if (!mayBePlain(List.of(arguments))) return OptionalInt.empty();
        var catalogue = SettingsCatalogue.bundled();
        var sources = ServeArguments.read(List.of(arguments), catalogue, environment);
        if (sources.isEmpty()) return OptionalInt.empty();
        try {
            Serve.run(sources.get(), catalogue);
            return OptionalInt.of(ExitCodes.OK);
        } catch (Exception failure) {
            return OptionalInt.of(ExitCodes.print(failure, System.err::println));
        }
    }

    // Other commands need not read the catalogue twice.
    private static boolean mayBePlain(List<String> arguments) {
        return arguments.isEmpty()
                || arguments.get(0).equals("serve")
                || arguments.get(0).startsWith("--");
    }

    private PlainStart() {}
}
