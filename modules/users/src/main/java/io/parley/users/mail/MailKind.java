package io.parley.users.mail;

/** What a mail is about; each kind has a {@link LetterWriter}. */
public enum MailKind {
    /** A link to choose a new password. */
    PASSWORD_RESET,
    /** A link that proves that the user reads mail to this address. */
    VERIFICATION,
    /** To an address that somebody has registered, or tried to. The subject is the new account, or nobody's id. */
    REGISTRATION,
    /** To the address that is to take the place of the subject's. */
    NEW_ADDRESS,
    /** To the address of the subject that another one is to take the place of. */
    OLD_ADDRESS,
    /** To an invited address. The subject is the invitation. */
    INVITATION,
    /** A webhook of the subject's was switched off. */
    WEBHOOK_OFF
}
