package io.parley.config.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.settings.JwtSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    private Path directory;

    @Test
    void createsAKeyOnceThatOnlyItsOwnerCanRead() throws IOException {
        var data = directory.resolve("data");

        var key = SigningKey.readOrCreate(data);

        assertThat(JwtSettings.isLongEnough(key)).isTrue();
        assertThat(SigningKey.readOrCreate(data)).isEqualTo(key);
        assertThat(Files.getPosixFilePermissions(data.resolve("jwt.secret")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void createsAnotherKeyInAnotherDirectory() throws IOException {
        assertThat(SigningKey.readOrCreate(directory.resolve("one")))
                .isNotEqualTo(SigningKey.readOrCreate(directory.resolve("two")));
    }

    @Test
    void refusesAKeyThatIsTooShort() throws IOException {
        Files.writeString(directory.resolve("jwt.secret"), "short");

        assertThatThrownBy(() -> SigningKey.readOrCreate(directory))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("jwt.secret");
    }
}
