package io.parley.storage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetHolderTest {
    private final Path folder;
    private final Path file;

    KeysetHolderTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("keyset.json");
    }

    @Test
    void createsAFileThatOnlyItsOwnerCanRead() throws IOException {
        var created = open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(open().loaded().prefix()).isEqualTo(created.loaded().prefix());

        created.rotate();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNoTemporaryFile() throws IOException {
        open().rotate();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("keyset.json", "keyset.json.lock");
        }
    }

    @Test
    void refusesADamagedKeysetInOneLineWithoutQuotingIt() throws IOException {
        open();
        var whole = Files.readString(file);
        for (var damaged : List.of(
                "",
                "{}",
                "secret text",
                whole.substring(0, whole.length() / 2),
                whole.replace("ENABLED", "DISABLED"))) {
            Files.writeString(file, damaged);

            assertThatThrownBy(this::open)
                    .isInstanceOf(KeysetException.class)
                    .hasNoCause()
                    .hasMessageContaining("keyset.json")
                    .hasMessageNotContainingAny("secret text", "\n", "AesGcm");
        }
    }

    @Test
    void refusesBytesThatAreNotText() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(this::open).isInstanceOf(KeysetException.class).hasMessageContaining("damaged");
    }

    @Test
    void refusesASettingThatIsNotAKeyset() {
        var settings = new KeysetSettings(new Secret("not a keyset"), file);

        assertThatThrownBy(() -> KeysetHolder.open(settings))
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining("the keyset in the setting");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesKeysOfOtherKinds() {
        var weaker = new Secret("""
            {"primaryKeyId":1,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey",
             "value":"GhAAAAAAAAAAAAAAAAAAAAAA","keyMaterialType":"SYMMETRIC"},"status":"ENABLED","keyId":1,
             "outputPrefixType":"TINK"}]}
            """);

        assertThatThrownBy(() -> KeysetHolder.open(new KeysetSettings(weaker, file)))
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining("AES256_GCM");
    }

    private KeysetHolder open() {
        return KeysetHolder.open(new KeysetSettings(null, file));
    }
}
