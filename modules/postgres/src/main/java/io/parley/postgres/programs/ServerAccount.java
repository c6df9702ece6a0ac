package io.parley.postgres.programs;

import com.sun.security.auth.module.UnixSystem;
import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The account that the server runs under, because PostgreSQL refuses to run as root. If Parley runs as root, the server
 * gets a user namespace of its own, in which it is not root and its files still belong to root. If the system allows no
 * such namespace, as in most containers, the server runs as an ordinary user who becomes the owner of the files.
 *
 * @param prefix precedes each command
 * @param owner user id that the files must belong to, or {@link #UNCHANGED}
 */
public record ServerAccount(List<String> prefix, int owner) {
    private static final int UNCHANGED = -1;
    private static final int NOBODY = 65_534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    public static ServerAccount choose(Path data) throws IOException {
        if (new UnixSystem().getUid() != 0) return new ServerAccount(List.of(), UNCHANGED);
        int owner = Files.exists(data) ? FileTree.owner(data) : 0;
        if (owner != 0) return ordinary(owner);
        return works(NAMESPACE) ? new ServerAccount(NAMESPACE, UNCHANGED) : ordinary(NOBODY);
    }

    private static ServerAccount ordinary(int user) {
        var prefix = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        if (!works(prefix)) {
            throw new DatabaseException("PostgreSQL cannot run as root, and neither unshare nor setpriv works on this"
                    + " system: run Parley as an ordinary user");
        }
        return new ServerAccount(prefix, user);
    }

    /** Whether it is not the account of this process, and has to be let into the folders above its files. */
    public boolean isOther() {
        return owner != UNCHANGED;
    }

    /** Makes the account the owner of the files. */
    public void changeOwner(Path files) throws IOException {
        if (owner != UNCHANGED && FileTree.owner(files) != owner) FileTree.changeOwner(files, owner);
    }

    public List<String> asServer(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Whether commands can be run with this prefix. */
    public static boolean works(List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.add("true");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
