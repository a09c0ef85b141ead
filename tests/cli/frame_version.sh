memcycle --version
