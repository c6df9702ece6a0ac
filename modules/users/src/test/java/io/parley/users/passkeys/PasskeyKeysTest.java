package io.parley.users.passkeys;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class PasskeyKeysTest {
    /** Members of COSE keys that are no public keys for the algorithms of the options. */
    private static final Map<String, Map<Integer, Object>> BAD_KEYS = new LinkedHashMap<>();

    static {
        BAD_KEYS.put("another algorithm than the key's", Map.of(3, -257));
        BAD_KEYS.put("another curve", Map.of(-1, 2));
        BAD_KEYS.put("a point beside the curve", Map.of(-2, filled(32, 1), -3, filled(32, 2)));
        BAD_KEYS.put("no point", Map.of(-2, new byte[32], -3, new byte[32]));
        BAD_KEYS.put("a coordinate that is too long", Map.of(-2, filled(3000, 1)));
        BAD_KEYS.put("a private key", Map.of(-4, filled(32, 1)));
        BAD_KEYS.put("a short modulus", rsa(64, 1, 0, 1));
        BAD_KEYS.put("a modulus that is too long", rsa(5_000, 1, 0, 1));
        BAD_KEYS.put("an even modulus", rsa(-256, 1, 0, 1));
        BAD_KEYS.put("an exponent of one", rsa(256, 1));
        BAD_KEYS.put("a long exponent", rsa(256, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    }

    /** @param length of the modulus, in bytes; negative makes it even */
    private static Map<Integer, Object> rsa(int length, int... exponent) {
        var bytes = new byte[exponent.length];
        for (int at = 0; at < bytes.length; at++) bytes[at] = (byte) exponent[at];
        var key = new HashMap<Integer, Object>();
        key.put(1, 3);
        key.put(3, -257);
        key.put(-1, filled(Math.abs(length), length < 0 ? 0xfe : 0xff));
        key.put(-2, bytes);
        key.put(-3, null);
        return key;
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static PasskeysScene scene;

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = PasskeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void areNotMadeWithKeysThatCannotSignIn() {
        var ada = scene.register("bad-keys@example.org");
        BAD_KEYS.forEach((name, key) -> assertThat(
                        pointers(scene.add(ada, ada.authenticator().create(scene.newOptions(ada), key))))
                .as(name)
                .containsExactly("/credential"));

        Answers.of(scene.add(ada, ada.authenticator().create(scene.newOptions(ada), rsa(256, 1, 0, 1))));
    }

    @Test
    void areNotMadeUnderAnotherName() {
        var ada = scene.register("names@example.org");
        for (var member : List.of("id", "rawId", "type")) {
            var answer = new JsonObject(ada.authenticator().create(scene.newOptions(ada)));
            assertThat(pointers(scene.add(ada, answer.copy().put(member, "AAAA").encode())))
                    .as(member)
                    .containsExactly("/credential");
            answer.remove(member);
            assertThat(pointers(scene.add(ada, answer.encode())))
                    .as("no " + member)
                    .containsExactly("/credential");
        }
    }

    private static List<String> pointers(Future<?> failing) {
        return problemOf(failing).faults().stream().map(Problem.Fault::pointer).toList();
    }
}
