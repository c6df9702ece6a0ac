package io.parley.users.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fastfilter.xor.Xor8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class BreachedPasswordsTest {
    private static final String LIST = "parley.password-list";
    private static final Path FILTER = Path.of("src/main/resources/io/parley/users/signin", BreachedPasswords.FILTER);

    private final BreachedPasswords breached = BreachedPasswords.load();

    @Test
    void containWhatAttackersTryFirst() {
        assertThat(List.of("password", "12345678", "password1", "qwertyuiop", "iloveyou", "sunshine", "letmein123"))
                .allMatch(breached::contains);
    }

    @Test
    void containHardlyAnythingElse() {
        var taken = IntStream.range(0, 100_000)
                .mapToObj(number -> "the engine weaves " + number)
                .filter(breached::contains);

        assertThat(taken).hasSizeLessThan(20);
    }

    /** Makes the filter again, from the list that the README names. */
    @Test
    @EnabledIfSystemProperty(named = LIST, matches = ".+")
    void areMadeFromTheList() throws IOException {
        var passwords = listed(Path.of(System.getProperty(LIST)));
        var keys = passwords.stream().mapToLong(BreachedPasswords::key).toArray();
        var filters = new ByteArrayOutputStream();
        filters.write(new Xor8(keys).getData());
        filters.write(new Xor8(keys).getData());
        Files.write(FILTER, filters.toByteArray());

        assertThat(passwords).hasSize(474_743);
    }

    @Test
    @EnabledIfSystemProperty(named = LIST, matches = ".+")
    void containTheWholeList() throws IOException {
        assertThat(listed(Path.of(System.getProperty(LIST)))).allMatch(breached::contains);
    }

    private static List<String> listed(Path list) throws IOException {
        try (var lines = Files.lines(list, UTF_8)) {
            return lines.map(line -> PasswordHasher.normalized(line).toLowerCase(Locale.ROOT))
                    .filter(password -> password.codePointCount(0, password.length()) >= 8)
                    .distinct()
                    .toList();
        }
    }
}
