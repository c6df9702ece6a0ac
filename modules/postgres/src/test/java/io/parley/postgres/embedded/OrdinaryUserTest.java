package io.parley.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import io.parley.postgres.programs.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the server as an ordinary user: as nobody if the tests run as root, else as the user of the tests. */
class OrdinaryUserTest {
    private static final int NOBODY = 65_534;

    private final int self = (int) new UnixSystem().getUid();
    private final int user = self == 0 ? NOBODY : self;
    private Path folder;

    // Not a @TempDir, because no other user may enter those folders.
    @BeforeEach
    void createFolder() throws Exception {
        folder = Files.createTempDirectory("parley-");
        FileTree.setPermissions(folder, "rwxr-xr-x");
        Files.createDirectory(folder.resolve("data"));
    }

    @AfterEach
    void removeFolder() throws Exception {
        FileTree.delete(folder);
    }

    @Test
    void keepsItsServerUnderItsOwnAccountEvenWhenRootAdoptsIt() throws Exception {
        var classPath = ClassPathCopy.into(folder);
        if (self == 0) FileTree.changeOwner(folder, user);
        var prefix = self == 0
                ? List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups")
                : List.<String>of();
        var data = folder.resolve("data");
        var binaries = folder.resolve("binaries");

        try (var program = ChildProgram.start(prefix, data, binaries, classPath)) {
            assertThat(FileTree.owner(DataDirectory.data(data))).isEqualTo(user).isNotZero();
            Servers.execute(program.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (var server = EmbeddedPostgres.start(new EmbeddedSettings(data, binaries, 0, true))) {
            assertThat(Servers.query(server.url(), "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(FileTree.owner(DataDirectory.data(data))).isEqualTo(user);
        }
    }
}
