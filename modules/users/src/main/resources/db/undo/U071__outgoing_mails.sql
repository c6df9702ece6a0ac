DROP TABLE outgoing_mails;
