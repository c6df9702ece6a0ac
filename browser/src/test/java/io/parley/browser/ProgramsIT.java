package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that users let in, and put out again. */
@ExtendWith(AppExtension.class)
class ProgramsIT {
    @Test
    void areDisconnectedInTheSettings(Visitor ada) {
        ada.registered();
        ada.page.navigate("/settings");
        assertThat(ada.page.getByText("No program is connected.")).isVisible();
        var editor = new Editor(ada);
        editor.ask("tasks:read");
        editor.signIn();
        var token = editor.letIn();
        assertThat(editor.tasks(token)).isOK();

        ada.page.navigate("/settings");
        var programs = ada.page.getByRole(
                AriaRole.LIST,
                new Page.GetByRoleOptions().setName("Connected programs").setExact(true));
        assertThat(programs.getByRole(AriaRole.LISTITEM)).hasCount(1);
        assertThat(programs).containsText("Editor");
        assertThat(programs).containsText("read tasks");
        assertThat(programs).containsText("last used");
        ada.button("Disconnect Editor").press("Enter");

        assertThat(ada.page.getByText("No program is connected.")).isVisible();
        assertThat(ada.page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions()
                                .setName("Connected programs")
                                .setExact(true)))
                .isFocused();
        Assertions.assertThat(editor.tasks(token).status()).isEqualTo(401);
    }
}
