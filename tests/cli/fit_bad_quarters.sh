memcycle fit --quarters many
