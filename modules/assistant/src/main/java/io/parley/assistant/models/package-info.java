/** Language models: which ones a user can choose, what is sent to them and what they answer. */
@NullMarked
package io.parley.assistant.models;

import org.jspecify.annotations.NullMarked;
