package io.avatarservice.server.job;

import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.storage.StoredVideo;

/**
 * What a completed job made.
 *
 * @param video where the video is stored
 * @param format its picture
 * @param seconds length of its soundtrack
 */
public record JobResult(StoredVideo video, VideoFormat format, double seconds) {}
