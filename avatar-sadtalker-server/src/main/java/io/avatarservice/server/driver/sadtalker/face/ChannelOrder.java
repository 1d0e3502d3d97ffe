package io.avatarservice.server.driver.sadtalker.face;

/** The order in which a network gets the colors. */
public enum ChannelOrder {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red. */
    BGR
}
