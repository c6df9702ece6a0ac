package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void isPrintedAsAMask() {
        assertThat("password: " + new Secret("hush")).isEqualTo("password: ***");
    }
}
