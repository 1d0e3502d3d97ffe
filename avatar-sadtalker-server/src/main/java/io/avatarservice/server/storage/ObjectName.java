package io.avatarservice.server.storage;

/**
 * Names an object of a cloud store.
 *
 * @param bucket the bucket that holds it
 * @param key its name in the bucket, without a leading slash
 */
record ObjectName(String bucket, String key) {

    @Override
    public String toString() {
        return bucket + "/" + key;
    }
}
