package io.parley.config.system.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/**
 * A jar with one class, which stands before the packaged jar on the class path of the servers that tests start: a hash of a password
 * takes a millisecond instead of 60. Tests hash a thousand. No setting does the same, so that no operator can; {@code JarIT} reads
 * the cost from the packaged jar.
 */
final class CheapPasswords {
    /** The option of a server for a test that is about the time that a hash takes. */
    static final String NOT = "-Dparley.passwords.real=true";

    private static final Path SOURCE = Path.of("src", "test", "resources", "cheap-passwords", "PasswordCost.java");
    private static final String CLASS = "io/parley/users/signin/PasswordCost.class";

    // An archive of classes is for a class path of jars, not of folders.
    static void write(Path jar) throws IOException {
        var folder = Files.createTempDirectory(jar.getParent(), "cheap-passwords");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "17", "-d", folder.toString(), SOURCE.toString()))
                .isZero();
        try (var file = new JarOutputStream(Files.newOutputStream(jar))) {
            file.putNextEntry(new JarEntry(CLASS));
            Files.copy(folder.resolve(CLASS), file);
        }
    }

    private CheapPasswords() {}
}
